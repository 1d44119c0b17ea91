namespace AeVae.Tests.Nc1.Golden;

/// <summary>tests/nc1-reference/golden.txt, which the C program wrote: lines under headings that start with <c># </c>.</summary>
static class GoldenFile
{
    /// <summary>The folder of the C program.</summary>
    public static string Folder { get; } = Path.Combine(ContractPage.Root, "tests", "nc1-reference");

    /// <summary>Lines of each section by its heading.</summary>
    public static IReadOnlyDictionary<string, string[]> Sections { get; } = File.ReadAllText(Path.Combine(Folder, "golden.txt"))
        .Split("# ", StringSplitOptions.RemoveEmptyEntries)
        .Select(section => section.TrimEnd('\n').Split('\n'))
        .ToDictionary(lines => lines[0], lines => lines[1..]);
}
