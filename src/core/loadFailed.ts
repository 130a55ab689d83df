/** What any of Qiao's pages posts to the host when a file that it is made of did not come. */
export const loadFailed = 'load-failed';
