export function LibraryView(_props: object) { return null }
