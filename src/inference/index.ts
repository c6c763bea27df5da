export { ImageEncoder } from './image-encoder.ts'
