export function RatingsView(_props: object) { return null }
