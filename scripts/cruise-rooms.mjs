import { cruise } from 'dependency-cruiser'
import config from '../rooms.config.mjs'

/**
 * Cruises the src folder of a repository by the room rule.
 *
 * @param {string} root folder that holds src
 * @returns the modules of src, and the violations of the rule
 */
export async function cruiseRooms(root) {
  const { forbidden, options } = config
  const { output } = await cruise(['src'], { ...options, baseDir: root, validate: true, ruleSet: { forbidden } })
  return {
    modules: output.modules.filter(({ source }) => source.startsWith('src/')),
    violations: output.summary.violations,
  }
}
