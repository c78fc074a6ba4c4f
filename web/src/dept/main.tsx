import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../look/tokens.css';
import '../look/base.css';
import '../work/work.css';
import './dept.css';
import { Gate } from '../person/Gate.tsx';
import { Dept } from './Dept.tsx';

const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><Gate screen="dept" page={Dept} /></StrictMode>);
