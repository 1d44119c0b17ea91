namespace AeVae.Reports.Exports;

/// <summary>What is stored of some runs as a table, for other programs.</summary>
/// <param name="Name">What its rows are: the name of its file.</param>
/// <param name="Columns">Each name once.</param>
/// <param name="Rows">A cell for each column: text, a truth, a number as it is stored, or null where there is none.</param>
public sealed record ExportTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);
