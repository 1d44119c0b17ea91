using System.Text;
using System.Text.Json;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Tests.Reports;

/// <summary>Runs as the results file would give them, with invented numbers that follow from their arguments alone.</summary>
static class FakeRun
{
    public const string Id = "261121-071305-k3f9";

    static readonly (string Name, string Unit, string Goal)[] Defined =
    [
        ("loss", "objective per image", "lower"), ("bce", "nats per image", "lower"), ("mse", "per pixel", "lower"), ("kl", "nats per image", "none"),
        ("bce_mean", "nats per image", "lower"), ("mse_mean", "per pixel", "lower"), ("active_units", "latents", "none"), ("knn_accuracy", "share", "higher"),
    ];

    static readonly Dictionary<string, byte[]> Nothing = [];

    /// <summary>The artifacts of a VAE that was evaluated.</summary>
    public static IReadOnlyCollection<string> VaeArtifacts => Artifacts("vae").Keys;

    /// <summary>A VAE that trained all of its epochs and was evaluated.</summary>
    public static RunData Full(int epochs = 50) => Of("vae", epochs, epochs, RunStatus.Completed, null, null, Value, Artifacts("vae"));

    /// <summary>A VAE with two latents and all that it leaves behind.</summary>
    public static RunData Plane()
    {
        RunData run = Full();
        RunDetail detail = run.Detail with { Parameters = [.. run.Detail.Parameters.Select(p => p.Key == "model.latent_dim" ? new(p.Key, "2") : p)] };
        Dictionary<string, byte[]> artifacts = Artifacts("vae", latents: 2);
        artifacts[ArtifactNames.Manifold] = Images(225);
        foreach (string name in (string[])[ArtifactNames.SphericalInterpolations, ArtifactNames.LatentAxes, ArtifactNames.LatentProjectionVariance]) artifacts.Remove(name);
        return run with { Detail = detail, Artifact = artifacts.GetValueOrDefault };
    }

    /// <summary>A deterministic autoencoder of an older program, which has neither KL nor samples.</summary>
    public static RunData Autoencoder() => Of("ae", 20, 20, RunStatus.Completed, null, null, Value, Artifacts("ae"));

    /// <summary>A VAE that the user stopped: no artifacts, no test metrics.</summary>
    public static RunData Interrupted(int epochsDone) => Of("vae", 50, epochsDone, RunStatus.Interrupted, "stopped by the user", null, Value, Nothing);

    /// <summary>A VAE whose loss stopped being finite.</summary>
    public static RunData NotFinite() => Of("vae", 50, 4, RunStatus.Failed, "the loss is not finite in step 17, tensor decoder.0.weight", 5,
        (split, name, epoch) => epoch == 3 ? double.NaN : epoch == 4 ? double.PositiveInfinity : Value(split, name, epoch), Nothing);

    /// <summary>The same run with one artifact replaced.</summary>
    public static RunData With(this RunData run, string artifact, byte[]? content) =>
        run with { Artifact = name => name == artifact ? content : run.Artifact(name) };

    static double Value(string split, string name, int epoch)
    {
        double decay = 1.0 / epoch, gap = split == "train" ? 0 : 1 + epoch / 100.0;
        return name switch
        {
            "loss" => 103 + 60 * decay + gap,
            "bce" => 78 + 70 * decay + gap,
            "mse" => 0.0105 + 0.03 * decay + gap / 2000,
            "kl" => 25 - 10 * decay,
            "bce_mean" => 71 + 70 * decay + gap,
            "mse_mean" => 0.0085 + 0.03 * decay + gap / 2000,
            "active_units" => 18,
            _ => 0.9 + 0.05 * (1 - decay),
        };
    }

    static RunData Of(string model, int planned, int done, RunStatus status, string? reason, int? reasonEpoch, Func<string, string, int, double> value, Dictionary<string, byte[]> artifacts)
    {
        bool vae = model == "vae";
        string[] names = [.. Defined.Select(d => d.Name).Where(n => vae || n is not ("kl" or "bce_mean" or "mse_mean" or "active_units"))];
        Dictionary<MetricKey, IReadOnlyList<SeriesPoint>> series = [];
        foreach (string name in names)
        {
            string[] splits = name is "bce_mean" or "mse_mean" or "active_units" ? ["validation"] : name == "knn_accuracy" ? [] : ["train", "validation"];
            foreach (string split in splits)
                series[new(split, name)] = [.. Enumerable.Range(1, done).Select(epoch => new SeriesPoint(epoch, value(split, name, epoch)))];
            if (artifacts.Count > 0) series[new("test", name)] = [new SeriesPoint(done, value("test", name, done))];
        }

        RunDetail detail = Detail(model, planned, done, status, reason, reasonEpoch) with
        {
            Metrics = [.. series.Where(s => s.Value.Count > 0).Select(s => Summary(s.Key.Split, s.Key.Name, s.Value))],
            Artifacts = [.. artifacts.Keys.Select(name => new ArtifactInfo(name, "array", NpyArray.MediaType, 1, "", null))],
        };
        return new RunData(detail, new(series), Defined.ToDictionary(d => d.Name, d => new MetricDefinitionRecord(d.Name, d.Unit, "mean over images", d.Goal, $"What {d.Name} means.")), artifacts.GetValueOrDefault);
    }

    static MetricSummary Summary(string split, string name, IReadOnlyList<SeriesPoint> points)
    {
        string goal = Defined.Single(d => d.Name == name).Goal;
        SeriesPoint[] finite = [.. points.Where(p => double.IsFinite(p.Value))];
        SeriesPoint? best = finite.Length == 0 || goal == "none" ? null : goal == "lower" ? finite.MinBy(p => p.Value) : finite.MaxBy(p => p.Value);
        return new MetricSummary(split, name, points[^1].Epoch, points[^1].Value, best?.Epoch, best?.Value,
            finite.Length == 0 ? null : finite.Min(p => p.Value), finite.Length == 0 ? null : finite.Max(p => p.Value));
    }

    static RunDetail Detail(string model, int planned, int done, RunStatus status, string? reason, int? reasonEpoch) => new()
    {
        Run = new RunSummary
        {
            Id = Id,
            Name = $"{model}-lr1e-4",
            Experiment = $"{model}-lr1e-4",
            Seed = 42,
            Status = status,
            Reason = reason,
            ReasonEpoch = reasonEpoch,
            StartedAt = new DateTimeOffset(2026, 11, 21, 7, 13, 5, TimeSpan.Zero),
            FinishedAt = new DateTimeOffset(2026, 11, 21, 7, 15, 8, TimeSpan.Zero),
            EpochsPlanned = planned,
            EpochsDone = done,
            Tags = ["seed-experiment"],
        },
        Experiment = new ExperimentRecord($"{model}-lr1e-4", "Twenty latents, grey levels.", $"experiments/{model}-lr1e-4.yaml", "{}", new string('c', 64), "name: …\n"),
        NumericContract = 1,
        EffectiveBeta = model == "vae" ? 1 : null,
        ParameterCount = 652_824,
        Parameters =
        [
            new("data.binarize", "none"), new("data.dataset", "mnist"), new("data.train_limit", "null"), new("data.validation", "10000"),
            new("loss.reconstruction", "bce"), new("loss.reduction", "sum"), new("model.encoder", "[400]"), new("model.latent_dim", "20"), new("model.type", model),
            new("seed", "42"), new("train.batch_size", "64"), new("train.epochs", $"{planned}"), new("train.learning_rate", "1e-4"), new("train.optimizer.type", "adam"),
        ],
        Provenance = new Provenance
        {
            CommandLine = ["runner", "run", $"experiments/{model}-lr1e-4.yaml"],
            GitCommit = "90f9df5a6c47bd635a03e6fdf632a24fcbe858f8",
            GitBranch = "main",
            GitDirty = false,
            Host = "atlas",
            OperatingSystem = "Debian GNU/Linux 12",
            CpuModel = "AMD EPYC 9654",
            LogicalProcessors = 4,
            SimdPath = "vector512",
            Threads = 2,
            DotnetVersion = "10.0.1",
            Locale = "en_GB.UTF-8",
            TimeZone = "UTC",
            DataFiles = [new DataFileRecord("train-images-idx3-ubyte", 47_040_016, new string('a', 64)), new DataFileRecord("t10k-images-idx3-ubyte", 7_840_016, new string('b', 64))],
        },
        Warnings = [],
        Worker = new Worker("box", 4711, new DateTimeOffset(2026, 11, 21, 7, 15, 8, TimeSpan.Zero)),
        Epochs = [.. Enumerable.Range(1, done).Select(e => new EpochSummary(e, new string('d', 64), new string('e', 64), new string('f', 64), 2.4, 20_000 + e))],
        Metrics = [],
        Artifacts = [],
    };

    static Dictionary<string, byte[]> Artifacts(string model, int latents = 20)
    {
        Dictionary<string, byte[]> artifacts = new()
        {
            [ArtifactNames.LatentProjection] = NpyArray.Write(Codes(200)),
            [ArtifactNames.LatentLabels] = NpyArray.Write([.. Enumerable.Range(0, 200).Select(i => (byte)(i % 10))]),
            ["latent_projection_variance"] = NpyArray.Write([0.142, 0.117]),
            [ArtifactNames.LatentCodes] = NpyArray.Write(Halves(200, latents)),
            [ArtifactNames.LatentAxes] = NpyArray.Write(new float[3, latents]),
            [ArtifactNames.LatentFrame(1)] = NpyArray.Write(Halves(200, latents)),
            [ArtifactNames.LatentFrame(2)] = NpyArray.Write(Halves(200, latents)),
            [ArtifactNames.Interpolations] = Images(45),
            [ArtifactNames.SphericalInterpolations] = Images(45),
            [ArtifactNames.TraversedLatents] = JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(0, Math.Min(latents, 10)).Reverse()),
            [ArtifactNames.Traversals] = Images(9 * Math.Min(latents, 10)),
            [ArtifactNames.Walk] = Images(16),
            [ArtifactNames.WalkPath] = NpyArray.Write(new float[16, latents]),
            [ArtifactNames.Originals] = Images(10),
            [ArtifactNames.Reconstructions] = Images(10),
            [ArtifactNames.Baselines] = Encoding.UTF8.GetBytes("""[{"name":"mean image","mse":0.06747,"bce":205.82},{"name":"PCA-20","mse":0.023538,"bce":null},{"name":"grey-level floor","mse":0,"bce":45.534}]"""),
            [ArtifactNames.ClassNames] = JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(0, 10).Select(i => $"{i}")),
        };
        if (model == "ae") return artifacts;
        artifacts[ArtifactNames.Samples] = Images(100);
        artifacts[ArtifactNames.LatentDeviations] = NpyArray.Write(Halves(200, latents, low: 0.1));
        artifacts[ArtifactNames.KlPerDim] = NpyArray.Write([.. Enumerable.Range(1, latents).Select(i => i > 18 ? 0.002 : 2.6 / Math.Sqrt(i))]);
        return artifacts;
    }

    static Half[,] Halves(int count, int latents, double low = -2)
    {
        Half[,] codes = new Half[count, latents];
        for (int i = 0; i < codes.Length; i++) codes[i / latents, i % latents] = (Half)(low + i * 37 % 101 / 25.0);
        return codes;
    }

    // A sunflower: ten classes in turn on a spiral.
    static float[,] Codes(int count)
    {
        float[,] codes = new float[count, 2];
        for (int i = 0; i < count; i++)
        {
            (double sine, double cosine) = Math.SinCos(i * 2.399963);
            codes[i, 0] = (float)(Math.Sqrt(i) * cosine / 5);
            codes[i, 1] = (float)(Math.Sqrt(i) * sine / 6);
        }

        return codes;
    }

    static byte[] Images(int count)
    {
        byte[] images = new byte[count * 28 * 28];
        for (int i = 0; i < count; i++)
        {
            for (int y = 4; y < 24; y++)
            {
                for (int x = 4; x < 24; x++)
                    images[(i * 28 + y) * 28 + x] = (byte)((x * y + 20 * i) % 256);
            }
        }

        return NpyArray.Write(images, count, 28, 28);
    }
}
