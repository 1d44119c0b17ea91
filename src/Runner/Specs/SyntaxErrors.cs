using YamlDotNet.Core;

namespace AeVae.Runner.Specs;

/// <summary>Says what a YAML syntax error means for the person who wrote the file.</summary>
internal static class SyntaxErrors
{
    /// <summary>A sentence with the cause and, where it is known, the remedy.</summary>
    public static string Explain(YamlException error, string text)
    {
        string[] lines = text.Split('\n');
        string line = error.Start.Line >= 1 && error.Start.Line <= lines.Length ? lines[error.Start.Line - 1] : "";
        if (line.TakeWhile(char.IsWhiteSpace).Contains('\t'))
            return "a tab indents this line; YAML allows only spaces there.";
        foreach (var (fragment, explanation) in Known)
        {
            if (error.Message.Contains(fragment, StringComparison.OrdinalIgnoreCase))
                return explanation;
        }
        return $"not valid YAML: {error.Message.TrimEnd('.')}.";
    }

    // YamlDotNet's wording on the left; its tests of ours fail when a new version words it differently.
    static readonly (string Fragment, string Explanation)[] Known = [];
}
