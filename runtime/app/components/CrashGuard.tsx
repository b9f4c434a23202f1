import { Component, type ReactNode } from 'react'

interface Props { children: ReactNode; fallback: (error: Error, retry: () => void) => ReactNode }
interface State { error: Error | undefined }

/** Keeps a failure inside its part of the page. */
export class CrashGuard extends Component<Props, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: Error): State {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    return error ? this.props.fallback(error, () => this.setState({ error: undefined })) : this.props.children
  }
}
