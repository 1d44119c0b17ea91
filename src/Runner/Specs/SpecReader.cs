namespace AeVae.Runner.Specs;

/// <summary>Reads one experiment out of YAML.</summary>
static class SpecReader
{
    /// <summary>Reads a whole experiment, name included, from a text.</summary>
    /// <param name="name">What problems call the text.</param>
    /// <param name="text">YAML, or JSON.</param>
    public static SpecResult ReadText(string name, string text)
    {
        var problems = new List<LocatedProblem>();
        var root = new SpecLayers(problems).ReadText(name, text);
        return Result(root is null ? null : Bind(root, problems, fileName: ""), problems);
    }

    /// <summary>What a name is.</summary>
    public const string NameRule = "a letter or digit followed by at most 99 letters, digits, '.', '_' and '-'";

    /// <summary>Whether an experiment that names itself nothing can be named like its file.</summary>
    /// <param name="fileName">Without its ending.</param>
    public static bool CanName(string fileName) => SpecKeys.Get("name").Matches(fileName);

    /// <summary>The experiment in a merged mapping; keys with problems keep their defaults.</summary>
    public static ExperimentSpec Bind(MapNode root, List<LocatedProblem> problems, string fileName)
    {
        var binder = new SpecBinder(problems);
        var spec = binder.Bind(root);
        new SpecRules(spec, root, binder.Faulty, problems).Check();
        if (root.Find("name") is not null)
            return spec;

        if (!CanName(fileName))
            problems.Add(root.At.Problem($"the file's name cannot name the experiment: '{fileName}' is not {NameRule}. Add 'name: …'."));
        return spec with { Name = fileName };
    }

    static SpecResult Result(ExperimentSpec? spec, List<LocatedProblem> problems)
    {
        var sorted = SpecProblem.Sorted(problems);
        return new(sorted.Count == 0 && spec is not null ? ResolvedConfig.Resolve(spec) : null, sorted);
    }
}
