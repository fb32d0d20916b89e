import 'react'

declare module 'react' {
  // React passes custom properties to element.style; its types leave them to us.
  interface CSSProperties {
    [property: `--${string}`]: string | number | undefined
  }
}
