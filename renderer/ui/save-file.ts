/** Hands a text to the browser as a file to keep; what stands in the name and no system takes is left out. */
export function saveFile(name: string, mediaType: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: mediaType }))
  const link = document.createElement('a')
  link.href = address
  link.download = name.replace(/[\\/:*?"<>|]+/g, '-')
  link.click()
  // the browser has taken the bytes by the next turn
  setTimeout(() => URL.revokeObjectURL(address), 1_000)
}
