namespace AeVae.Runner.Specs;

/// <summary>Reads experiment files.</summary>
static class SpecReader
{
    /// <summary>Reads a file with what it extends, applies overrides in order, and reports every problem; never throws for bad input. Of a sweep, the experiment that its trials change.</summary>
    /// <param name="path">The experiment file.</param>
    /// <param name="overrides"><c>key=value</c> with a dotted key and a YAML value: <c>train.epochs=2</c>.</param>
    public static SpecResult Read(string path, IReadOnlyList<string> overrides)
    {
        var problems = new List<LocatedProblem>();
        var layers = new SpecLayers(problems);
        var (file, sets) = layers.Read(path, overrides);
        var root = file is null ? null : SpecMerge.Override(file, sets).Without(SweepKeys.Sections);
        var spec = root is null ? null : Bind(root, problems, Path.GetFileNameWithoutExtension(path));
        return Result(spec, problems, layers.Files.Count > 0 ? layers.Files[0].Text : "") with { Files = layers.Files };
    }

    /// <summary>Reads a whole experiment, name included, from a text.</summary>
    /// <param name="name">What problems call the text.</param>
    /// <param name="text">YAML, or JSON.</param>
    public static SpecResult ReadText(string name, string text)
    {
        var problems = new List<LocatedProblem>();
        var root = new SpecLayers(problems).ReadText(name, text);
        return Result(root is null ? null : Bind(root, problems, fileName: ""), problems, text);
    }

    /// <summary>The experiment in a merged mapping; keys with problems keep their defaults.</summary>
    public static ExperimentSpec Bind(MapNode root, List<LocatedProblem> problems, string fileName)
    {
        var binder = new SpecBinder(problems);
        var spec = binder.Bind(root);
        new SpecRules(spec, root, binder.Faulty, problems).Check();
        if (root.Find("name") is not null)
            return spec;

        var key = SpecKeys.Get("name");
        if (!key.Pattern!.IsMatch(fileName))
            problems.Add(root.At.Problem($"the file's name cannot name the experiment: '{fileName}' has other characters than letters, digits, '.', '_' and '-', or more than 100. Add 'name: …'."));
        return spec with { Name = fileName };
    }

    static SpecResult Result(ExperimentSpec? spec, List<LocatedProblem> problems, string text)
    {
        var sorted = SpecProblem.Sorted(problems);
        return new(sorted.Count == 0 && spec is not null ? ResolvedConfig.Resolve(spec) : null, sorted, text);
    }
}
