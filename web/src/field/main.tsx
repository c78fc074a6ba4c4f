import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../look/tokens.css';
import '../look/base.css';
import './field.css';
import { Field } from './Field.tsx';
import { store } from './store.ts';

void store(); // opens while the page is drawn
const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><Field /></StrictMode>);
// What is kept for a shift without a network is fetched once the page can be used: both come over one line.
const install = () => void navigator.serviceWorker.register('/sw.js', { scope: '/field' }).catch(() => {});
if ('serviceWorker' in navigator) (globalThis.requestIdleCallback ?? setTimeout)(install);
