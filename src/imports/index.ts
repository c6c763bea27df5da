export { importHuggingFace, type HuggingFaceSource } from './import-hugging-face.ts'
export { importMlflow, type MlflowSource } from './import-mlflow.ts'
export type { ImportedModel } from './write-model-folder.ts'
