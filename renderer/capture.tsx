import './schema-mode';
import './ui/style.css';
import './capture/capture.css';
import { createRoot } from 'react-dom/client';
import { followAppState } from './app/state';
import { CaptureWindow } from './capture/CaptureWindow';
import { followCapture } from './capture/store';

followAppState();
followCapture();
const root = document.getElementById('root');
if (root) createRoot(root).render(<CaptureWindow />);
