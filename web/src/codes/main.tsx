import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../look/tokens.css';
import '../look/base.css';
import './codes.css';
import { Gate } from '../person/Gate.tsx';
import { Codes } from './Codes.tsx';

const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><Gate screen="codes" page={Codes} /></StrictMode>);
