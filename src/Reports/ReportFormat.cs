namespace AeVae.Reports;

/// <summary>What a report is written as.</summary>
public enum ReportFormat
{
    /// <summary>Markdown, and figures as files beside it.</summary>
    Markdown,

    /// <summary>One HTML file that holds its figures.</summary>
    Html,

    /// <summary>LaTeX, and figures as PDF beside it.</summary>
    Latex,

    /// <summary>The numbers alone.</summary>
    Json,
}
