import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RuntimeApp } from './RuntimeApp'
import { fetchScreenOf } from './screens'
import { prefetchDefinitions, queryClient } from './session'

fetchScreenOf(window.location.pathname)
prefetchDefinitions(queryClient)
createRoot(document.getElementById('root')!).render(<StrictMode><RuntimeApp /></StrictMode>)
