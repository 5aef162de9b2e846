import './schema-mode';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { followAppState } from './app/state';

followAppState();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
