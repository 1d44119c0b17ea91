using AeVae.Reports;

namespace AeVae.Runner.Specs;

/// <summary>Reads a file, what it extends and the overrides, and merges them into one mapping.</summary>
sealed class SpecLayers(List<LocatedProblem> problems)
{
    const int DeepestChain = 8;

    readonly List<SpecText> files = [];

    /// <summary>The file itself and those that it extends, in order; those that could be read as text.</summary>
    public IReadOnlyList<SpecText> Files => files;

    /// <summary>The file over what it extends, null when one of them could not be read as a mapping; and the overrides that could be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">What <c>--set</c> changes.</param>
    /// <param name="options">Keys with an option of their own: <c>seed=5</c> for <c>--seed 5</c>.</param>
    public (MapNode? File, IReadOnlyList<MapNode> Overrides) Read(string path, IReadOnlyList<string> overrides, IReadOnlyList<string>? options = null)
    {
        MapNode? file = File(path, 0, []);
        List<MapNode?> changes = [.. overrides.Select((text, i) => Override(text, new($"--set {text}", i + 1)))];
        foreach (string option in options ?? [])
        {
            int equals = option.IndexOf('=', StringComparison.Ordinal);
            (string key, string value) = (option[..equals], option[(equals + 1)..]);
            SpecSource source = new($"--{key} {ShellWord.Quote(value)}", changes.Count + 1);
            if (overrides.FirstOrDefault(text => text.StartsWith($"{key}=", StringComparison.Ordinal)) is { } twice)
                problems.Add(new Position(source, 0, 0).Problem($"the {key} is given twice, also by --set {ShellWord.Quote(twice)}. Leave one of the two out."));
            changes.Add(Override(option, source));
        }

        return (file, [.. changes.OfType<MapNode>()]);
    }

    /// <summary>The experiment in a text that extends nothing.</summary>
    public MapNode? ReadText(string name, string text)
    {
        var root = Root(new(name, 0), text);
        return root is null ? null : SpecMerge.Merge(SpecMerge.Empty(root.At), root, SpecKeys.Root);
    }

    MapNode? File(string path, int layer, List<string> chain)
    {
        var source = new SpecSource(path, layer);
        (string? content, string? defect) = SpecFile.ReadText(path, out bool isPipe);
        if (content is null)
        {
            problems.Add(new Position(source, 0, 0).Problem(defect!));
            return null;
        }
        files.Add(new(path, content, isPipe));
        if (Root(source, content) is not { } root)
            return null;

        chain.Add(Path.GetFullPath(path));
        var own = root.Without(["extends"]);
        if (root.Find("extends") is not { } extends)
            return SpecMerge.MergeFiles(SpecMerge.Empty(root.At), own);

        if (Extended(path, extends, layer, chain) is not { } below)
            return null;
        // A name and a description belong to one file: what extends it is another experiment.
        var inherited = below.Without(["name", "description"]);
        return SpecMerge.MergeFiles(inherited, own);
    }

    MapNode? Extended(string path, MapEntry extends, int layer, List<string> chain)
    {
        var at = extends.Value.At;
        if (extends.Value is not ScalarNode { IsNull: false, Text: { Length: > 0 } target })
        {
            problems.Add(at.Problem("'extends' must be the path of one experiment file, relative to this one."));
            return null;
        }

        string file = Path.Combine(Path.GetDirectoryName(path) ?? "", target);
        int start = chain.IndexOf(Path.GetFullPath(file));
        if (start >= 0)
        {
            string circle = string.Join(" → ", chain.Skip(start).Append(chain[start]).Select(Path.GetFileName));
            problems.Add(at.Problem($"'extends' leads back to this file: {circle}. Remove one of these links."));
            return null;
        }
        if (chain.Count >= DeepestChain)
        {
            problems.Add(at.Problem($"a chain of more than {DeepestChain} files; write the values out instead."));
            return null;
        }
        if (SpecFile.ReadText(file).Defect is { } defect)
        {
            problems.Add(at.Problem($"'extends: {target}': {file}: {defect}"));
            return null;
        }
        return File(file, layer - 1, chain);
    }

    MapNode? Root(SpecSource source, string text)
    {
        int before = problems.Count;
        switch (new YamlTree(source, problems).Parse(text))
        {
            case MapNode map:
                return map;
            case null or ScalarNode { IsNull: true } when problems.Count == before:
                problems.Add(new Position(source, 1, 1).Problem("holds no experiment. `runner init` writes one to start from."));
                return null;
            case { } other:
                problems.Add(other.At.Problem("an experiment is a mapping of keys to values, one 'key: value' a line. `runner init` writes one to start from."));
                return null;
            default:
                return null;
        }
    }

    MapNode? Override(string text, SpecSource source)
    {
        var at = new Position(source, 0, 0);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            problems.Add(at.Problem("must be KEY=VALUE, for example --set train.epochs=2."));
            return null;
        }

        string[] path = text[..equals].Split('.');
        if (path[0] == "extends")
        {
            problems.Add(at.Problem("'extends' can only stand in a file."));
            return null;
        }

        int before = problems.Count;
        var value = new YamlTree(source, problems).Parse(text[(equals + 1)..]);
        if (problems.Count > before)
            return null;
        value ??= new ScalarNode(at, "", Quoted: false);
        return SweepKeys.Override(path, value);
    }
}
