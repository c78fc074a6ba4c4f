import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../look/tokens.css';
import '../look/base.css';
import '../work/work.css';
import './wall.css';
import { Gate } from '../person/Gate.tsx';
import { Wall } from './Wall.tsx';

document.documentElement.dataset['wall'] = '';
const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><Gate screen="wall" page={Wall} /></StrictMode>);
