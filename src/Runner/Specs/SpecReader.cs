namespace AeVae.Runner.Specs;

/// <summary>Reads experiment files.</summary>
static class SpecReader
{
    const int MostProblems = 100;

    /// <summary>Reads a file with what it extends, applies overrides in order, and reports every problem; never throws for bad input.</summary>
    /// <param name="path">The experiment file.</param>
    /// <param name="overrides"><c>key=value</c> with a dotted key and a YAML value: <c>train.epochs=2</c>.</param>
    public static SpecResult Read(string path, IReadOnlyList<string> overrides)
    {
        var problems = new List<LocatedProblem>();
        var layers = new SpecLayers(problems);
        var root = layers.Read(path, overrides);
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

    static ExperimentSpec Bind(MapNode root, List<LocatedProblem> problems, string fileName)
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
        // Files in the order in which they apply, overrides last.
        var sorted = problems.OrderBy(problem => problem.At.Source.Layer).ThenBy(problem => problem.At.Line).ThenBy(problem => problem.At.Column)
            .Select(Located).Distinct().ToList();
        if (sorted.Count > MostProblems)
        {
            var last = sorted[MostProblems - 1];
            sorted = [.. sorted.Take(MostProblems), last with { Message = $"{sorted.Count - MostProblems} more problems follow." }];
        }
        return new(sorted.Count == 0 && spec is not null ? ResolvedConfig.Resolve(spec) : null, sorted, text);
    }

    static SpecProblem Located(LocatedProblem problem)
    {
        var (source, line, column) = problem.At;
        bool isOverride = source.Layer > 0;
        return new(source.Name, isOverride ? 0 : line, isOverride ? 0 : column, problem.Message);
    }
}
