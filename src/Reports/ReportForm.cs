namespace AeVae.Reports;

/// <summary>As what a report is written.</summary>
/// <param name="Format">Of its text.</param>
/// <param name="Animations">Of its animations, in Markdown and HTML.</param>
/// <param name="Svg">Whether the figures of Markdown are SVG and not PNG.</param>
public sealed record ReportForm(ReportFormat Format = ReportFormat.Markdown, AnimationFormat Animations = AnimationFormat.Png, bool Svg = false);
