using AeVae.Data.Catalogue;
using AeVae.Models;

namespace AeVae.Runner.Specs;

/// <summary>What must hold between keys: each rule names the key to change.</summary>
sealed class SpecRules(ExperimentSpec spec, MapNode root, IReadOnlySet<string> faulty, List<LocatedProblem> problems)
{
    /// <summary>Checks every rule whose keys could be read.</summary>
    public void Check()
    {
        foreach (var rules in Applicability.All.GroupBy(rule => rule.Path))
            CheckApplies(rules.Key, [.. rules.Where(rule => !faulty.Contains(rule.Selector) && !rule.Holds(spec))]);
        CheckOutput();
        CheckOptimizer();
        CheckSchedule();
        CheckSplits();
        CheckMetric("train.early_stop.metric", spec.Train.EarlyStop?.Metric);
        CheckMetric("checkpoint.best", spec.Checkpoint.Best);
        Require(spec.Eval.Weights == EvaluatedWeights.Last || spec.Checkpoint.Best is not null, ["eval.weights", "checkpoint.best"], "'eval.weights: best' needs 'checkpoint.best', the metric that tells which epoch is the best. Add 'checkpoint: {best: val.loss}', or remove it.");
    }

    void CheckApplies(string path, Applicability[] broken)
    {
        if (broken.Length == 0 || Find(path) is not { } entry)
            return;
        // Inherited from a file of another type: it has lost its meaning, and nobody wrote it here.
        if (broken.Any(rule => Find(rule.Selector) is { } selector && selector.At.Source.Precedence > entry.At.Source.Precedence))
        {
            SpecKey key = SpecKeys.Get(path);
            key.Property!.SetValue(SpecKeys.SectionOf(spec, key), key.Default);
            return;
        }
        var rule = broken[0];
        problems.Add(entry.At.Problem($"'{path}' is only for {rule.Selector}: {string.Join(", ", rule.Words)}; here it is {Word(rule.Selector)}. Remove it, or change '{rule.Selector}'."));
    }

    void CheckOutput()
    {
        if (spec.Loss.Reconstruction == Reconstruction.Bce && spec.Model.Output == OutputActivation.Identity)
            Require(false, ["model.output", "loss.reconstruction"], "'loss.reconstruction: bce' needs pixel values between 0 and 1, which 'model.output: identity' does not give. Use output: sigmoid, or reconstruction: mse.");
    }

    void CheckOptimizer()
    {
        var optimizer = spec.Train.Optimizer;
        if (optimizer.Type == OptimizerType.Sgd)
            Require(!optimizer.Nesterov || optimizer.Momentum > 0, ["train.optimizer.nesterov", "train.optimizer.momentum"], "'train.optimizer.nesterov' needs a momentum above 0. Add 'momentum: 0.9', or remove it.");
    }

    void CheckSchedule()
    {
        var schedule = spec.Train.Schedule;
        switch (schedule.Type)
        {
            case ScheduleType.Multistep:
                Require(schedule.Milestones.Count > 0, ["train.schedule.milestones", "train.schedule"], "a multistep schedule needs 'milestones': the epochs after which the step size drops, for example [30, 40].");
                Require(schedule.Milestones.Zip(schedule.Milestones.Skip(1)).All(pair => pair.First < pair.Second), ["train.schedule.milestones"], $"'train.schedule.milestones' must ascend, but is [{string.Join(", ", schedule.Milestones)}].");
                break;
            case ScheduleType.Warmup:
                Require(schedule.WarmupEpochs > 0, ["train.schedule.warmup_epochs", "train.schedule"], "a warmup schedule needs 'warmup_epochs' of at least 1.");
                break;
            case ScheduleType.Cosine:
                Require(schedule.MinLearningRate <= spec.Train.LearningRate, ["train.schedule.min_learning_rate", "train.learning_rate"], $"'train.schedule.min_learning_rate' is {Canonical.Number(schedule.MinLearningRate)}, above the learning rate, {Canonical.Number(spec.Train.LearningRate)}.");
                break;
        }
    }

    void CheckSplits()
    {
        if (faulty.Contains("data.dataset") || DatasetCatalogue.Find(spec.Data.Dataset) is not { } dataset)
            return;
        Require(!Applicability.Of("data.path", spec) || spec.Data.Path is { Length: > 0 }, ["data.path", "data.dataset"], $"'data.dataset: {dataset.Name}' needs 'data.path': the folder of your images, below the data folder or absolute.");
        Require(spec.Data.Path is not { Length: > 1 } path || !Path.EndsInDirectorySeparator(path), ["data.path"], $"'data.path' is '{spec.Data.Path}'. Write it without the separator at its end.");
        int validation = spec.Data.ValidationOf(dataset)?.Images ?? 0;
        Require(dataset.TrainImages is not { } images || validation < images, ["data.validation", "data.dataset"], $"'data.validation' is {validation}, but {dataset.Name} has {dataset.TrainImages} training images. Take fewer, or use 'test'.");
    }

    void CheckMetric(string path, string? metric)
    {
        if (metric is null || faulty.Contains(path) || faulty.Contains("model.type"))
            return;
        Require(!spec.Loss.IsWarmUp(spec.Train.Epochs), ["loss.kl_warmup_epochs", "train.epochs"], $"'{path}' begins after the {spec.Loss.KlWarmupEpochs} epochs of 'loss.kl_warmup_epochs', but there are only {spec.Train.Epochs}. Make the warm-up shorter, or leave '{path}' out.");
        if (Find(path) is not { } entry)
            return;
        if (WatchedMetric.Defect(metric, spec) is { } defect)
            problems.Add(entry.Value.At.Problem($"'{path}' is '{metric}': {defect}"));
    }

    /// <summary>Reports at the first of the keys that the experiment sets, unless one of them could not be read.</summary>
    void Require(bool holds, string[] keys, string message)
    {
        if (holds || keys.Any(faulty.Contains))
            return;
        var at = keys.Select(Find).FirstOrDefault(entry => entry is not null)?.Value.At ?? root.At;
        problems.Add(at.Problem(message));
    }

    string Word(string path) => Find(path)?.Value is ScalarNode { IsNull: false } scalar ? scalar.Text : Canonical.Word(SpecKeys.Get(path).Default!);

    MapEntry? Find(string path) => root.FindPath(path);
}
