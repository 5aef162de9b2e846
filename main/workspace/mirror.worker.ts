import { parentPort } from 'node:worker_threads';
import { MirrorHost, type WorkerRequest } from './mirror/channel';

const host = new MirrorHost();
parentPort?.on('message', (request: WorkerRequest) => {
  parentPort?.postMessage(host.handle(request));
});
