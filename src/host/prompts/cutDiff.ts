/** Shortens a diff so that each file keeps a share of the room: a lock file must not push out the code. */

/** `room`: characters. What was cut is said in its place; a diff that fits comes back as it is. */
export function cutDiff(diff: string, room: number): string {
  if (diff.length <= room) return diff;
  const files = diff.split(/^(?=diff --git )/m);
  const share = fairShare(
    files.map(({ length }) => length),
    room,
  );
  return files.map((file) => (file.length <= share ? file : cutLines(file, share))).join('');
}

/** The largest length to which all can be cut so that their sum fits. */
function fairShare(lengths: readonly number[], room: number): number {
  let left = room;
  const sorted = [...lengths].sort((one, other) => one - other);
  for (const [index, length] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - index));
    if (length > share) return share;
    left -= length;
  }
  return room;
}

function cutLines(file: string, room: number): string {
  const end = file.lastIndexOf('\n', room);
  const kept = end === -1 ? '' : file.slice(0, end + 1);
  const lines = file.slice(kept.length).split('\n').filter(Boolean).length;
  return `${kept}[${lines} more lines were cut here]\n`;
}
