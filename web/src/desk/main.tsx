import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../look/tokens.css';
import '../look/base.css';
import '../work/work.css';
import './desk.css';
import { Gate } from '../person/Gate.tsx';
import { Desk } from './Desk.tsx';

const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><Gate screen="desk" page={Desk} /></StrictMode>);
