/** Each state of the screens that show requests and answers; needs `npm run build`. The others are in the file beside this one, so that both run at once. */
import { holdStates } from '../support/screens/hold-states.ts'
import { isOfRequests, SCREEN_STATES } from '../support/screens/states.ts'

holdStates(SCREEN_STATES.filter(isOfRequests))
