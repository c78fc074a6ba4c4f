import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../look/tokens.css';
import '../look/base.css';
import './field.css';
import { Field } from './Field.tsx';

const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><Field /></StrictMode>);
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js', { scope: '/field' }).catch(() => {});
