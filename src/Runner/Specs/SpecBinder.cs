using System.Globalization;
using System.Numerics;
using AeVae.Data;
using AeVae.Tracking;

namespace AeVae.Runner.Specs;

/// <summary>Turns the merged mapping into options records, and reports every value that does not fit its key.</summary>
sealed class SpecBinder(List<LocatedProblem> problems)
{
    readonly HashSet<string> faulty = [];
    readonly HashSet<string> misspelt = [];

    /// <summary>Keys without a usable value; rules about them would only repeat the problem.</summary>
    public IReadOnlySet<string> Faulty => faulty;

    /// <summary>The experiment; keys with problems keep their defaults.</summary>
    public ExperimentSpec Bind(MapNode root) => (ExperimentSpec)Section(SpecKeys.Root, root);

    /// <summary>The record of a section.</summary>
    public object Section(SpecKey section, MapNode map)
    {
        object record = Activator.CreateInstance(section.Type)!;
        foreach (var entry in map.Entries.Where(entry => section.Child(entry.Key) is null))
            Unknown(section.Path, entry);
        foreach (var key in section.Children)
        {
            if (map.Find(key.Name) is { } entry)
                Set(record, key, entry.Value);
            else if (key.Kind == KeyKind.Section && !key.IsNullable)
                Set(record, key, SpecMerge.Empty(map.At));
            else if (key.IsRequired && !misspelt.Contains(key.Path))
                Report(key, map.At, $"'{key.Path}' is missing; it must be {key.Expected}.");
        }
        return record;
    }

    void Set(object record, SpecKey key, SpecNode node)
    {
        if (Value(key, node) is { } value)
            key.Property!.SetValue(record, value);
        else if (key.IsNullable)
            key.Property!.SetValue(record, null);
    }

    /// <summary>One value of a key; null for null, and when it does not fit.</summary>
    public object? Value(SpecKey key, SpecNode node)
    {
        if (node is ScalarNode { IsNull: true })
        {
            if (!key.IsNullable)
                Report(key, node.At, $"'{key.Path}' has no value; it must be {key.Expected}.{(key.IsRequired ? "" : " Leave the key out for its default.")}");
            return null;
        }
        return key switch
        {
            { IsList: true } => List(key, node),
            { Kind: KeyKind.Section or KeyKind.Choice } when node is MapNode map => Section(key, map),
            _ when node is ScalarNode scalar => Scalar(key, key.Path, scalar),
            _ => Wrong(key, key.Path, node.At, node is ListNode ? "it is a list" : "it is a mapping"),
        };
    }

    object? List(SpecKey key, SpecNode node)
    {
        if (node is not ListNode list)
            return Wrong(key, key.Path, node.At, node is not ScalarNode { Text: var text } ? "it is a mapping"
                : ScalarText.Integer(text, out _) is not null && key.Kind == KeyKind.Integer ? $"it is {Shown(text)}"
                : key.Path == "sweep.seeds" ? $"write [{text}] for that seed, and [0, 1, 2] for three of them"
                : $"write [{text}]");
        if (key.Length is { } length && list.Items.Count != length)
            return Wrong(key, key.Path, node.At, $"it has {list.Items.Count}");

        var items = list.Items.Select((item, i) => item is ScalarNode scalar
            ? Scalar(key with { IsList = false, Length = null, IsNullable = false }, $"{key.Path}[{i}]", scalar)
            : Wrong(key with { IsList = false, Length = null, IsNullable = false }, $"{key.Path}[{i}]", item.At, "it is not a single value")).ToList();
        if (items.Contains(null))
            return null;
        return key.Type == typeof(int) ? items.Cast<int>().ToArray()
            : key.Type == typeof(ulong) ? items.Cast<ulong>().ToArray()
            : key.Type == typeof(string) ? items.Cast<string>().ToArray()
            : items.Cast<double>().ToArray();
    }

    object? Scalar(SpecKey key, string path, ScalarNode node)
    {
        string text = node.Text;
        string? defect;
        switch (key.Kind)
        {
            case KeyKind.Text:
                if (!node.Quoted && ScalarText.IsTyped(text))
                    return Wrong(key, path, node.At, $"put it in quotes: \"{text}\"");
                if (!key.Matches(text))
                    return Wrong(key, path, node.At, $"'{Shown(text)}' does not match {key.Pattern}: letters, digits, '.', '_' and '-', at most 100, the first a letter or digit");
                return text;

            case KeyKind.Word:
                if (key.Words.ToList().IndexOf(text) is >= 0 and var index)
                    return key.Type.IsEnum ? Enum.GetValues(key.Type).GetValue(index) : text;
                return Wrong(key, path, node.At, $"'{Shown(text)}' is none of them{(NearestName.Of(text, key.Words) is { } near ? $". Did you mean '{near}'?" : "")}");

            case KeyKind.Validation when text == "test":
                return ValidationSource.Test;

            case KeyKind.Section or KeyKind.Choice:
                return Wrong(key, path, node.At, $"it is '{Shown(text)}'");
        }

        if (node.Quoted)
            return Wrong(key, path, node.At, $"\"{Shown(text)}\" in quotes is text; remove the quotes");

        switch (key.Kind)
        {
            case KeyKind.Boolean:
                defect = ScalarText.Boolean(text, out bool truth);
                return defect is null ? truth : Wrong(key, path, node.At, Shown(defect));

            case KeyKind.Number:
                defect = ScalarText.Number(text, out double number);
                if (defect is not null)
                    return Wrong(key, path, node.At, Shown(defect));
                return number < (double?)key.Minimum || number > (double?)key.Maximum
                    ? Wrong(key, path, node.At, $"it is {Shown(text)}")
                    : number;

            default:
                defect = ScalarText.Integer(text, out var integer);
                return defect is null ? Integer(key, path, node, integer) : Wrong(key, path, node.At, Shown(defect));
        }
    }

    object? Integer(SpecKey key, string path, ScalarNode node, BigInteger value)
    {
        var largest = key.Maximum is { } maximum ? (BigInteger)maximum : int.MaxValue;
        if (value < (BigInteger)(key.Minimum ?? int.MinValue) || value > largest)
            return Wrong(key, path, node.At, $"it is {Shown(node.Text)}{(value > largest && key.Maximum is null ? $", above {largest}" : "")}");
        if (key.Kind == KeyKind.Validation)
            return ValidationSource.FromTraining((int)value);
        return key.Type == typeof(ulong) ? (ulong)value : (object)(int)value;
    }

    void Unknown(string section, MapEntry entry)
    {
        string path = section.Length == 0 ? entry.Key : $"{section}.{entry.Key}";
        if (entry.Key.Contains('.', StringComparison.Ordinal) && new[] { path, entry.Key }.FirstOrDefault(written => SpecKeys.Find(written) is not null || SweepKeys.Paths.Contains(written)) is { } dotted)
        {
            misspelt.Add(dotted);
            problems.Add(entry.At.Problem(section == "sweep" && dotted == entry.Key && SpecKeys.Find(dotted) is not null
                ? $"'{Shown(entry.Key)}' is to be swept: write it under 'parameters' in the section 'sweep'."
                : $"'{Shown(entry.Key)}' is written with dots, but keys of a file are nested: write {UnknownKey.Nested(entry.Key)}{(dotted == path ? "" : " at the top of the file")}."));
            return;
        }

        if (section.Length == 0 && entry.Value is MapNode map && UnknownKey.SectionLike(entry.Key) is { } meant)
        {
            foreach (var child in map.Entries)
                Report(entry.Key + "." + child.Key, child.At, UnknownKey.Nearest(meant, child.Key));
            return;
        }
        Report(path, entry.At, UnknownKey.Nearest(section, entry.Key));
    }

    void Report(string path, Position at, string? nearest)
    {
        if (nearest is not null)
            misspelt.Add(nearest);
        string hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
        problems.Add(at.Problem($"unknown key '{Shown(path)}'.{hint} Every key is listed in experiments/README.md."));
    }

    void Report(SpecKey key, Position at, string message)
    {
        faulty.Add(key.Path);
        problems.Add(at.Problem(message));
    }

    object? Wrong(SpecKey key, string path, Position at, string why)
    {
        faulty.Add(key.Path);
        problems.Add(at.Problem($"'{path}' must be {key.Expected}: {why}{(why.EndsWith('?') ? "" : ".")}"));
        return null;
    }

    /// <summary>A text on one line, cut when it is long.</summary>
    public static string Shown(string text)
    {
        string line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= 80 ? line : string.Create(CultureInfo.InvariantCulture, $"{line[..60]}… ({line.Length} characters)");
    }
}
