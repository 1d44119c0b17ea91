using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AeVae.Runner.Specs;

/// <summary>Builds a <see cref="SpecNode"/> tree from YamlDotNet's events.</summary>
/// <remarks>
/// Events instead of YamlStream: YamlStream stops at the first duplicate key, and a file of ten thousand '[' would end the process by
/// its recursion. Here both are bounded, and every duplicate is reported.
/// </remarks>
sealed class YamlTree(SpecSource source, List<LocatedProblem> problems)
{
    const int DeepestNesting = 32;
    const long MostValues = 10_000;

    readonly Dictionary<string, SpecNode> anchors = [];

    /// <summary>The value of the only document; null when the text is empty, or is not YAML (then problems say why).</summary>
    public SpecNode? Parse(string text)
    {
        // The parser would only say "cannot start any token": the two mistakes that people make are named here.
        if (ControlCharacter(text) is { } control)
        {
            problems.Add(control);
            return null;
        }

        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
                return null;
            parser.Consume<DocumentStart>();
            var root = Node(parser, 0);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
                throw new Refusal(At(second.Start), "a second document starts here; one file holds one experiment. Remove this line and what follows, or move it to a file of its own.");
            return root;
        }
        catch (Refusal refusal)
        {
            problems.Add(refusal.At.Problem(refusal.Message));
        }
        catch (YamlException error)
        {
            var (line, column, message) = SyntaxErrors.Explain(error, text);
            problems.Add(new Position(source, line, column).Problem(message));
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet's answer to `{a: , b: 1}` and the like, without a position; what it read last is just before.
            problems.Add(At(parser.Current!.End).Problem("not valid YAML just after here; is a value missing, or a bracket, quote or comma misplaced?"));
        }
        return null;
    }

    SpecNode Node(Parser parser, int depth)
    {
        var at = At(parser.Current!.Start);
        if (depth > DeepestNesting)
            throw new Refusal(at, $"nested deeper than {DeepestNesting} levels; the format needs 4.");

        if (parser.TryConsume<AnchorAlias>(out var alias))
            return anchors.TryGetValue(alias.Value.Value, out var target)
                ? target
                : throw new Refusal(at, $"alias *{alias.Value.Value} has no anchor &{alias.Value.Value} before it.");

        if (parser.Current is not NodeEvent start)
            throw new Refusal(at, "a value is missing here.");
        if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific)
            problems.Add(at.Problem($"tag '{start.Tag.Value.Replace("tag:yaml.org,2002:", "!!", StringComparison.Ordinal)}' is not used here; remove it: the key decides the type of its value."));

        SpecNode node = start switch
        {
            Scalar => Text(parser.Consume<Scalar>()),
            SequenceStart => List(parser, depth),
            _ => Map(parser, depth),
        };
        if (node.Size > MostValues)
            throw new Refusal(at, $"holds more than {MostValues:N0} values once its aliases are written out.");
        if (!start.Anchor.IsEmpty)
            anchors[start.Anchor.Value] = node;
        return node;
    }

    ScalarNode Text(Scalar scalar) => new(At(scalar.Start), scalar.Value, scalar.Style != ScalarStyle.Plain);

    ListNode List(Parser parser, int depth)
    {
        var at = At(parser.Consume<SequenceStart>().Start);
        var items = new List<SpecNode>();
        long size = 1;
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(parser, depth + 1));
            size += items[^1].Size;
        }
        return new(at, size, items);
    }

    MapNode Map(Parser parser, int depth)
    {
        var at = At(parser.Consume<MappingStart>().Start);
        var entries = new Dictionary<string, MapEntry>();
        MapEntry? last = null;
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(parser, depth + 1);
            var value = Node(parser, depth + 1);
            if (key is not ScalarNode { Text: var name })
                problems.Add(key.At.Problem("a key must be a word, not a list or a mapping."));
            else if (name == "<<")
                problems.Add(key.At.Problem("merge keys (<<) are not part of YAML 1.2. Use 'extends: other.yaml', or an alias for the whole value."));
            else if (last is not null && CutNumber(last.Value, (ScalarNode)key, value) is { } number)
                entries[last.Key] = last = last with { Value = number };
            else if (entries.TryAdd(name, new(name, key.At, value)))
                last = entries[name];
            else
                problems.Add(key.At.Problem($"duplicate key '{name}'; it stands at line {entries[name].At.Line} already. Remove one of the two."));
        }
        return new(at, [.. entries.Values]);
    }

    /// <summary>The number that a comma cut in two between braces, where <c>{a: 0,5}</c> is a: 0 and a key 5 without a value, to be told as on a line of its own; null where it is none.</summary>
    static ScalarNode? CutNumber(SpecNode before, ScalarNode key, SpecNode value) =>
        before is ScalarNode { Quoted: false } start && value is ScalarNode { Quoted: false, Text: "" } && !key.Quoted
        && key.At == start.At with { Column = start.At.Column + start.Text.Length + 1 } && ScalarText.IsGrouped($"{start.Text},{key.Text}")
            ? start with { Text = $"{start.Text},{key.Text}" } : null;

    Position At(Mark mark) => new(source, (int)mark.Line, (int)mark.Column);

    LocatedProblem? ControlCharacter(string text)
    {
        int line = 1, column = 1;
        foreach (char c in text)
        {
            if (c is '\0' or (< ' ' and not ('\t' or '\n' or '\r')) or '\u007f')
                return new Position(source, line, column).Problem($"control character U+{(int)c:X4}: this is not a text file.");
            (line, column) = c == '\n' ? (line + 1, 1) : (line, column + 1);
        }
        return null;
    }

    sealed class Refusal(Position at, string message) : Exception(message)
    {
        public Position At => at;
    }
}
