"""Code that was never written for autodiff, and its gradients."""
