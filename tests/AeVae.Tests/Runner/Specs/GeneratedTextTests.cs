using System.Text.Json;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;

namespace AeVae.Tests.Runner.Specs;

/// <summary>experiments/ against the program: files that check clean, the schema and the key table. With AEVAE_UPDATE=1 the two are written instead.</summary>
public sealed class GeneratedTextTests
{
    static readonly bool Update = Environment.GetEnvironmentVariable("AEVAE_UPDATE") == "1";

    public static TheoryData<string> ShippedFiles => [.. Directory.EnumerateFiles(ExperimentFiles.Shipped, "*.yaml").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(ShippedFiles))]
    public void EveryShippedExperimentChecksCleanAndNamesTheSchema(string file)
    {
        var result = ExperimentReader.Read(Path.Combine(ExperimentFiles.Shipped, file), []);
        Assert.Empty(result.Problems);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), result.Plan!.Name);
        Assert.StartsWith("# yaml-language-server: $schema=experiment.schema.json\n", result.YamlText, StringComparison.Ordinal);
        Assert.Contains($"]({file})", File.ReadAllText(Path.Combine(ExperimentFiles.Shipped, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void TheSweepThatIsExplainedChecksClean()
    {
        string readme = File.ReadAllText(Path.Combine(ExperimentFiles.Shipped, "README.md"));
        int begin = readme.IndexOf("```yaml\nvariants:", StringComparison.Ordinal) + "```yaml\n".Length;
        string yaml = readme[begin..readme.IndexOf("```", begin, StringComparison.Ordinal)];
        // Two variants × (2 zipped × 4) points, less the AE's two with 5 latents, × 3 seeds.
        Assert.Equal((16 - 2) * 3, ExperimentFiles.Plan(ExperimentFiles.Least + yaml).Trials.Count);
    }

    [Fact]
    public void TheSchemaFileIsWhatTheProgramWrites() => Compare("experiment.schema.json", _ => SpecSchema.Json());

    [Fact]
    public void TheKeyTableIsWhatTheProgramWrites() => Compare("README.md", text =>
    {
        const string begin = "<!-- keys -->\n", end = "<!-- /keys -->";
        return text[..(text.IndexOf(begin, StringComparison.Ordinal) + begin.Length)] + SpecKeyTable.Markdown() + text[text.IndexOf(end, StringComparison.Ordinal)..];
    });

    [Fact]
    public void TheSchemaDescribesEveryKeyAndAllowsNoOther()
    {
        using var schema = JsonDocument.Parse(SpecSchema.Json());
        Assert.Equal("http://json-schema.org/draft-07/schema#", schema.RootElement.GetProperty("$schema").GetString());
        foreach (var key in SpecKeys.All)
        {
            var at = schema.RootElement;
            foreach (string name in key.Path.Split('.'))
                at = Mapping(at).GetProperty("properties").GetProperty(name);
            Assert.NotEqual("", at.GetProperty("description").GetString());
            if (key.Kind is KeyKind.Section or KeyKind.Choice)
                Assert.False(Mapping(at).GetProperty("additionalProperties").GetBoolean());
        }
    }

    [Fact]
    public void EveryConditionNamesKeysAndWordsOfTheFormat()
    {
        foreach (var rule in Applicability.All)
        {
            Assert.NotNull(SpecKeys.Get(rule.Path));
            Assert.Subset(SpecKeys.Get(rule.Selector).Words.ToHashSet(), rule.Words.ToHashSet());
        }
    }

    [Theory]
    [InlineData("ae")]
    [InlineData("vae")]
    public void ANewExperimentFromATemplateChecksClean(string template) =>
        Assert.Equal(template, Canonical.Word(ExperimentFiles.Spec(SpecTemplate.Text(template, "experiment.schema.json")).Model.Type));

    [Fact]
    public void ANewSweepChecksCleanAsItIsAndWithItsParametersInPlaceOfItsClaims()
    {
        string text = SpecTemplate.Text("sweep", schema: null);
        string swept = text[..text.IndexOf("claims:", StringComparison.Ordinal)].Replace("\n  # ", "\n  ", StringComparison.Ordinal);

        Assert.Equal((6, 2), Counts(ExperimentFiles.Plan(text)));
        Assert.Equal((36, 0), Counts(ExperimentFiles.Plan(swept)));

        static (int Trials, int Claims) Counts(SweepPlan plan) => (plan.Trials.Count, plan.Outline.Claims.Count);
    }

    [Fact]
    public void TheSizeOfThePublishedVaeIsItsPublishedSize()
    {
        // Dense 784→400, 2 × 400→20, 20→400, 400→784, each with biases: 314,000 + 16,040 + 8,400 + 314,384. 60,000 images in batches of 128.
        var size = ExperimentSize.Of(ExperimentReader.Read(Path.Combine(ExperimentFiles.Shipped, "pytorch-example.yaml"), []).Single!);
        Assert.Equal((652_824, 469), (size.Parameters, size.StepsPerEpoch));
    }

    static JsonElement Mapping(JsonElement schema) =>
        schema.TryGetProperty("properties", out _) ? schema
        : schema.GetProperty("oneOf").EnumerateArray().First(alternative => alternative.TryGetProperty("properties", out _));

    static void Compare(string file, Func<string, string> generate)
    {
        string path = Path.Combine(ExperimentFiles.Shipped, file);
        string stored = File.Exists(path) ? File.ReadAllText(path) : "";
        string generated = generate(stored);
        if (Update)
            File.WriteAllText(path, generated);
        else
            Assert.True(stored == generated, $"experiments/{file} is out of date. Run the tests once with AEVAE_UPDATE=1 to write it.");
    }
}
