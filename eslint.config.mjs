import tseslint from 'typescript-eslint'

const sizeRules = {
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 4],
  complexity: ['error', 15],
}

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'src/*/generated', 'wasm', 'node_modules', '.venv', '.cache'] },
  ...tseslint.configs.strict,
  {
    files: ['src/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...sizeRules,
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
      // One place loads ONNX Runtime, with its telemetry off: src/inference/onnx-runtime.ts.
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [{ name: 'onnxruntime-node', allowTypeImports: true, message: 'Load it with onnxRuntime().' }] },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "ImportExpression[source.value='onnxruntime-node']", message: 'Load it with onnxRuntime().' },
      ],
      eqeqeq: 'error',
    },
  },
  { files: ['src/inference/onnx-runtime.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['test/**/*.ts', 'bench/**', 'demo/**', 'scripts/**', 'examples/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
)
