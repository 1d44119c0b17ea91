using AeVae.Reports;

namespace AeVae.Runner.Specs;

/// <summary>One thing wrong with an experiment, and where.</summary>
/// <param name="File">Path as the user gave it, or the override as it was typed: <c>--set train.epochs=abc</c>, <c>--seed 5</c>.</param>
/// <param name="Line">From 1; 0 when the problem has no line: the file as a whole, or an override.</param>
/// <param name="Column">From 1; 0 without a line.</param>
/// <param name="Message">What was found, what is allowed, what to do next.</param>
sealed record SpecProblem(string File, int Line, int Column, string Message)
{
    const int Most = 100;

    /// <summary>Problems as they are told: each once, files in the order in which they apply, overrides last, after a hundred only their number.</summary>
    public static IReadOnlyList<SpecProblem> Sorted(IEnumerable<LocatedProblem> problems)
    {
        var sorted = problems.OrderBy(problem => problem.At.Source.Layer).ThenBy(problem => problem.At.Line).ThenBy(problem => problem.At.Column)
            .Select(Located).Distinct().ToList();
        return sorted.Count <= Most ? sorted : [.. sorted.Take(Most), sorted[Most - 1] with { Message = $"{sorted.Count - Most} more problems follow." }];
    }

    static SpecProblem Located(LocatedProblem problem)
    {
        var (source, line, column) = problem.At;
        bool isOverride = source.Layer > 0;
        return new(source.Name, isOverride ? 0 : line, isOverride ? 0 : column, problem.Message);
    }

    /// <summary><c>file(line,col): message</c>, or <c>file: message</c> without a line.</summary>
    public override string ToString() => VisibleText.Of(Line == 0 ? (File.Length == 0 ? Message : $"{File}: {Message}") : $"{File}({Line},{Column}): {Message}");
}
