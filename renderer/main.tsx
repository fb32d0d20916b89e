import './ui/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { session, signIn, takeCodeFromAddress } from './client/session.ts'
import { applyLanguage, rememberedLanguage } from './frame/language.ts'
import { applyTheme, rememberedTheme } from './frame/theme.ts'

applyTheme(rememberedTheme())
applyLanguage(rememberedLanguage())

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

session.setState({ signedOut: document.documentElement.dataset.signedOut !== undefined })
// Before anything is asked: the first question should already carry the cookie. A refused code ends at the sign-in page, as no code does.
const code = takeCodeFromAddress()
if (code !== undefined) await signIn(code)

createRoot(root).render(<App />)
