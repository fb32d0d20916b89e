export function MatrixView(_props: object) { return null }
