public enum SandboxingPlaceholder {}
