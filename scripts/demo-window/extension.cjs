// Opens a file of the sample and Qiao's panel when the window of `npm start` starts.
const vscode = require('vscode');

exports.activate = async () => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  // A window that is loaded again shows what it showed.
  if (!folder || vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0)) return;
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'cart.ts'), { preview: false });
  await vscode.commands.executeCommand('qiao.chat.focus');
};
