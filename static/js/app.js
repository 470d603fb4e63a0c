// The one module a page loads; it imports one module for each concern. All of it
// only adds to pages that work without.
import './code-drawer.js'
import './copy.js'
import './flow-player.js'
import './forms.js'
import './panels.js'
import './present.js'
import './keys.js'
import './live.js'
import './strip.js'
import './theme.js'
import './trouble.js'
