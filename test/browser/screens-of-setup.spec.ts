/** Each state of the screens where things are set up; needs `npm run build`. */
import { holdStates } from '../support/screens/hold-states.ts'
import { isOfRequests, SCREEN_STATES } from '../support/screens/states.ts'

holdStates(SCREEN_STATES.filter((state) => !isOfRequests(state)))
