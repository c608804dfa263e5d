public enum GradingPlaceholder {}
