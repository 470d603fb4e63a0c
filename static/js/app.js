// The one module a page loads; it imports one module for each concern. All of it
// only adds to pages that work without.
import './copy.js'
import './flow-player.js'
import './forms.js'
import './keys.js'
import './panels.js'
import './strip.js'
import './theme.js'
import './trouble.js'
