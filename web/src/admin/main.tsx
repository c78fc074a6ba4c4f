import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../look/tokens.css';
import '../look/base.css';
import '../work/work.css';
import './admin.css';
import { Gate } from '../person/Gate.tsx';
import { Admin } from './Admin.tsx';

const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><Gate screen="admin" page={Admin} /></StrictMode>);
