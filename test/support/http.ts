import http from 'node:http'

export interface RawAnswer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly text: string
  /** The body as JSON; fails the test when it is none. */
  json<T = Record<string, never>>(): T
}

/** One request with every header as given: fetch would not let a test lie about Host or Origin. */
export function raw(url: string, options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {}): Promise<RawAnswer> {
  const { method = 'POST', headers = {}, body } = options
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      { method, headers: { ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }), ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: <T>() => JSON.parse(text) as T })
        })
        response.on('error', reject)
      },
    )
    // a server that has answered may stop reading an oversized body; the answer counts
    request.on('error', reject)
    request.end(body)
  })
}
