export function HistoryView(_props: object) { return null }
