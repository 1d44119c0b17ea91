using System.Globalization;
using AeVae.Tracking;

namespace AeVae.Reports.Claims;

/// <summary>Reads the check of a claim: <c>last(ae.val.mse) &lt; last(vae.val.mse)</c>.</summary>
/// <remarks>
/// claim = sum (&lt; | &lt;= | &gt; | &gt;=) sum;  sum = product {(+ | -) product};  product = factor {(* | /) factor};
/// factor = number | - factor | ( sum ) | abs( sum ) | last( m ) | best( m ) | mean( m ) | at( epoch , m ) | epochs_to( sum , m );  m = variant.split.metric.
/// </remarks>
public sealed class ClaimSyntax
{
    const int LongestText = 1000;   // parentheses as deep as that fit on the stack
    const string Functions = "last(m), best(m), mean(m), at(epoch, m), epochs_to(value, m) and abs(x); m is variant.split.metric, such as vae.val.mse";
    const string OneComparison = "A claim has one comparison; write each part as a claim of its own.";

    readonly string text;
    readonly IReadOnlyList<ClaimToken> tokens;
    int next;

    ClaimSyntax(string text)
    {
        this.text = text;
        tokens = ClaimTokens.Of(text);
    }

    ClaimToken Token => tokens[next];

    /// <summary>Reads one check.</summary>
    /// <exception cref="ClaimSyntaxException">It is no claim; the message says what was found and what is allowed.</exception>
    public static Claim Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= LongestText ? new ClaimSyntax(text).Claim()
            : throw new ClaimSyntaxException(LongestText + 1, $"the check has {text.Length} characters; {LongestText} are allowed.");
    }

    Claim Claim()
    {
        if (Token.Kind == ClaimTokenKind.End) throw Error("the check is empty. Write a comparison, for example last(ae.val.mse) < last(vae.val.mse).");
        ClaimSide left = Side();
        Comparison comparison = TakeComparison();
        ClaimSide right = Side();
        if (Token.Kind != ClaimTokenKind.End)
            throw Error(IsComparison(Token) || Token.Text is "and" or "or" ? $"{Token} follows a whole comparison. {OneComparison}" : $"{Token} stands where an operator (+ - * /) or the end is expected.");
        var claim = new Claim(left, comparison, right);
        return claim.Measurements.Count > 0 ? claim : throw new ClaimSyntaxException(1, $"nothing in it is measured. Functions are {Functions}.");
    }

    ClaimSide Side()
    {
        int first = next;
        ClaimExpression expression = Sum();
        ClaimToken last = tokens[next - 1];
        return new ClaimSide(text[(tokens[first].Column - 1)..(last.Column - 1 + last.Text.Length)], expression);
    }

    Comparison TakeComparison() => Take().Text switch
    {
        "<" => Comparison.Less,
        "<=" => Comparison.AtMost,
        ">" => Comparison.Greater,
        ">=" => Comparison.AtLeast,
        "=" or "==" or "!=" or "<>" => throw Before("two measured numbers are hardly ever equal. Write how far they may be apart: abs(left - right) < 0.001."),
        "" => throw Before("the comparison is missing. Write <, <=, > or >= and what to compare with."),
        _ => throw Before($"{tokens[next - 1]} stands where a comparison (< <= > >=) or an operator (+ - * /) is expected."),
    };

    ClaimExpression Sum()
    {
        ClaimExpression sum = Product();
        while (Token.Text is "+" or "-")
            sum = new Arithmetic(Take().Text[0], sum, Product());
        return sum;
    }

    ClaimExpression Product()
    {
        ClaimExpression product = Factor();
        while (Token.Text is "*" or "/")
            product = new Arithmetic(Take().Text[0], product, Factor());
        return product;
    }

    ClaimExpression Factor()
    {
        ClaimToken token = Take();
        switch (token)
        {
            case { Kind: ClaimTokenKind.Number }:
                return new Constant(double.Parse(token.Text, CultureInfo.InvariantCulture));
            case { Text: "-" }:
                return new Arithmetic('-', new Constant(0), Factor());
            case { Text: "(" }:
                return Closed(Sum());
            case { Kind: ClaimTokenKind.Name }:
                return Function(token);
            default:
                throw Before($"{token} stands where a number, a function or '(' is expected. Functions are {Functions}.");
        }
    }

    ClaimExpression Function(ClaimToken name)
    {
        ClaimFunction? function = name.Text switch
        {
            "last" => ClaimFunction.Last,
            "best" => ClaimFunction.Best,
            "mean" => ClaimFunction.Mean,
            "at" => ClaimFunction.At,
            "epochs_to" => ClaimFunction.EpochsTo,
            "abs" => null,
            _ when name.Text.Split('.') is [_, "test", _] => throw Before($"{name} is measured once, at the end: write last({name.Text})."),
            _ when name.Text.Contains('.', StringComparison.Ordinal) => throw Before($"{name} has a value for every epoch. Say which is meant: last({name.Text}), for example. Functions are {Functions}."),
            _ => throw Before($"there is no function {name}. Functions are {Functions}."),
        };
        Expect("(", $"behind {name}");
        ClaimExpression? argument = function switch
        {
            null => Sum(),
            ClaimFunction.At => Epoch(),
            ClaimFunction.EpochsTo => Sum(),
            _ => null,
        };
        if (function is null) return Closed(new Absolute(argument!));
        if (argument is not null) Expect(",", "and the metric");
        return Closed(Metric(function.Value, argument));
    }

    Constant Epoch()
    {
        ClaimToken token = Take();
        return int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int epoch) && epoch > 0 ? new Constant(epoch)
            : throw Before($"{token} stands where the number of an epoch is expected: 1, 2 …, as in at(10, vae.val.mse).");
    }

    Measurement Metric(ClaimFunction function, ClaimExpression? argument)
    {
        ClaimToken token = Take();
        if (token.Kind != ClaimTokenKind.Name) throw Before($"{token} stands where variant.split.metric is expected, for example vae.val.mse.");
        if (token.Text.Split('.') is not [{ Length: > 0 } variant, var split, { Length: > 0 } metric])
            throw Before($"{token} is not of the form variant.split.metric, for example vae.val.mse.");
        return new Measurement
        {
            Function = function,
            Variant = variant,
            Split = MetricKey.Parse($"{split}.{metric}")?.Split ?? throw new ClaimSyntaxException(token.Column + variant.Length + 1, $"there is no split '{split}'. Write train, val or test."),
            Metric = metric,
            Column = token.Column,
            MetricColumn = token.Column + token.Text.Length - metric.Length,
            Argument = argument,
        };
    }

    T Closed<T>(T expression)
    {
        Expect(")", "to close the parenthesis");
        return expression;
    }

    void Expect(string sign, string why)
    {
        if (Take().Text != sign) throw Before($"{tokens[next - 1]} stands where '{sign}' is expected {why}.");
    }

    // The end is never passed.
    ClaimToken Take() => next < tokens.Count - 1 ? tokens[next++] : tokens[(next = tokens.Count) - 1];

    static bool IsComparison(ClaimToken token) => token.Text is "<" or "<=" or ">" or ">=" or "=" or "==" or "!=" or "<>";

    ClaimSyntaxException Error(string message) => new(Token.Column, message);

    /// <summary>An error in the token that was just taken.</summary>
    ClaimSyntaxException Before(string message) => new(tokens[next - 1].Column, message);
}
