"""What frameworks call their agents: modules, names, and which arguments say name, purpose, model and tools.

Read from the public documentation of each framework in November 2026; a release that renames things is found by its
dependency only, with less confidence, until a line is added here.
"""

from __future__ import annotations

from dataclasses import dataclass

_MODEL = (
    "model",
    "llm",
    "model_client",
    "llm_config",
    "chat_model",
    "lm",
    "service",
    "chat_client",
    "client",
    "kernel",
)
_PURPOSE = ("description", "goal", "instructions", "instruction", "system_prompt", "prompt", "system_message", "role",
            "state_modifier", "task")  # fmt: skip
_NAME = ("name", "agent_name", "role", "id")
_TOOLS = ("tools", "functions", "plugins", "toolsets", "mcp_servers", "tool_retriever", "handoffs", "sub_agents",
          "managed_agents")  # fmt: skip


@dataclass(frozen=True)
class Made:
    """How agents of one framework are made."""

    framework: str
    modules: tuple[str, ...]  # the name's module is one of these or below
    names: tuple[str, ...]  # classes and functions that make an agent
    first: tuple[str, ...] = ()  # what the arguments without a name are, in order: name, model, tools, purpose
    certain: bool = True
    packages: tuple[str, ...] = ()  # distributions that it comes in
    model: tuple[str, ...] = _MODEL
    purpose: tuple[str, ...] = _PURPOSE
    name: tuple[str, ...] = _NAME
    tools: tuple[str, ...] = _TOOLS


PYTHON = (
    Made("LangGraph", ("langgraph",), ("create_react_agent",), ("model", "tools"), packages=("langgraph",)),
    Made("LangGraph", ("langgraph",), ("StateGraph", "MessageGraph"), certain=False),
    Made("LangGraph", ("langgraph_supervisor",), ("create_supervisor",), packages=("langgraph-supervisor",)),
    Made("LangGraph", ("langgraph_swarm",), ("create_swarm",), packages=("langgraph-swarm",)),
    Made("LangChain", ("langchain", "langchain_classic"), ("create_agent",), ("model", "tools")),
    Made("LangChain", ("langchain", "langchain_classic", "langchain_community", "langchain_experimental"),
         ("initialize_agent", "create_pandas_dataframe_agent", "create_sql_agent", "create_csv_agent"),
         ("tools", "model")),
    Made("LangChain", ("langchain", "langchain_classic"),
         ("create_tool_calling_agent", "create_openai_functions_agent", "create_openai_tools_agent",
          "create_react_agent", "create_structured_chat_agent", "create_json_chat_agent", "create_xml_agent"),
         ("model", "tools", "purpose")),
    Made("LangChain", ("langchain", "langchain_classic"), ("AgentExecutor",)),
    Made("Deep Agents", ("deepagents",), ("create_deep_agent",), ("tools", "purpose"), packages=("deepagents",)),
    Made("CrewAI", ("crewai",), ("Agent",), packages=("crewai",)),
    Made("AutoGen", ("autogen", "autogen_agentchat", "autogen_ext", "ag2", "pyautogen"),
         ("AssistantAgent", "ConversableAgent", "CodeExecutorAgent", "MultimodalWebSurfer", "FileSurfer",
          "SocietyOfMindAgent", "OpenAIAssistantAgent", "GPTAssistantAgent", "MagenticOneCoderAgent"),
         ("name", "model"),
         packages=("autogen-agentchat", "pyautogen", "ag2", "autogen"),
         purpose=("description", "system_message")),
    Made("AutoGen", ("autogen_core",), ("RoutedAgent",), certain=False, packages=("autogen-core",)),
    Made("Pydantic AI", ("pydantic_ai",), ("Agent",), ("model",),
         packages=("pydantic-ai", "pydantic-ai-slim")),
    Made("OpenAI Agents SDK", ("agents",), ("Agent", "SandboxAgent", "RealtimeAgent"), ("name",),
         packages=("openai-agents",), purpose=("handoff_description", "instructions")),
    Made("OpenAI Swarm", ("swarm",), ("Agent",), packages=("git+https://github.com/openai/swarm.git",)),
    Made("Semantic Kernel", ("semantic_kernel.agents",),
         ("ChatCompletionAgent", "OpenAIAssistantAgent", "AzureAssistantAgent", "OpenAIResponsesAgent",
          "AzureResponsesAgent", "AzureAIAgent", "BedrockAgent", "CopilotStudioAgent"),
         packages=("semantic-kernel",)),
    Made("Microsoft Agent Framework", ("agent_framework",), ("ChatAgent", "Agent"), packages=("agent-framework",)),
    Made("LlamaIndex", ("llama_index",),
         ("FunctionAgent", "ReActAgent", "CodeActAgent", "FunctionCallingAgent", "OpenAIAgent", "AgentRunner"),
         packages=("llama-index", "llama-index-core")),
    Made("LlamaIndex", ("llama_index",), ("AgentWorkflow",), certain=False),
    Made("Google ADK", ("google.adk",), ("Agent", "LlmAgent", "RemoteA2aAgent"), packages=("google-adk",)),
    Made("Google ADK", ("google.adk",), ("SequentialAgent", "ParallelAgent", "LoopAgent", "BaseAgent"), certain=False),
    Made("smolagents", ("smolagents",), ("CodeAgent", "ToolCallingAgent", "MultiStepAgent"), ("tools", "model"),
         packages=("smolagents",)),
    Made("Strands", ("strands",), ("Agent",), packages=("strands-agents",)),
    Made("Agno", ("agno.agent", "phi.agent"), ("Agent",), packages=("agno", "phidata")),
    Made("Haystack", ("haystack.components.agents",), ("Agent",), packages=("haystack-ai",)),
    Made("CAMEL", ("camel.agents",), ("ChatAgent",), packages=("camel-ai",)),
    Made("DSPy", ("dspy",), ("ReAct", "CodeAct"), packages=("dspy", "dspy-ai"), certain=False),
    Made("Claude Agent SDK", ("claude_agent_sdk", "claude_code_sdk"), ("ClaudeSDKClient", "ClaudeAgentOptions",
         "ClaudeCodeOptions"), packages=("claude-agent-sdk", "claude-code-sdk"),
         tools=("allowed_tools", "mcp_servers")),
    Made("browser-use", ("browser_use",), ("Agent",), packages=("browser-use",)),
    Made("BeeAI", ("beeai_framework",), ("RequirementAgent", "ReActAgent", "ToolCallingAgent"),
         packages=("beeai-framework",)),
    Made("Griptape", ("griptape.structures",), ("Agent",), packages=("griptape",)),
    Made("Langroid", ("langroid",), ("ChatAgent",), packages=("langroid",)),
    Made("any-agent", ("any_agent",), ("AnyAgent",), packages=("any-agent",)),
    Made("Marvin", ("marvin", "controlflow"), ("Agent",), packages=("marvin", "controlflow")),
)  # fmt: skip

SCRIPT = (  # JavaScript and TypeScript; names after `new ` or before `(`
    Made("LangGraph", ("@langchain/langgraph",), ("createReactAgent",), packages=("@langchain/langgraph",)),
    Made("LangGraph", ("@langchain/langgraph",), ("StateGraph", "MessageGraph"), certain=False),
    Made("LangChain", ("langchain", "@langchain"), ("createAgent", "AgentExecutor", "createToolCallingAgent",
         "createOpenAIFunctionsAgent", "initializeAgentExecutorWithOptions"), packages=()),
    Made("OpenAI Agents SDK", ("@openai/agents",), ("Agent", "RealtimeAgent"), packages=("@openai/agents",)),
    Made("Mastra", ("@mastra/core",), ("Agent",), packages=("@mastra/core",)),
    Made("Vercel AI SDK", ("ai",), ("ToolLoopAgent", "Experimental_Agent", "Agent"), packages=()),
    Made("Google ADK", ("@google/adk",), ("LlmAgent", "Agent"), packages=("@google/adk",)),
    Made("LlamaIndex", ("llamaindex", "@llamaindex"), ("agent", "ReActAgent", "OpenAIAgent", "FunctionAgent"),
         packages=()),
    Made("VoltAgent", ("@voltagent/core",), ("Agent",), packages=("@voltagent/core",)),
    Made("Claude Agent SDK", ("@anthropic-ai/claude-agent-sdk", "@anthropic-ai/claude-code"), ("query",),
         packages=("@anthropic-ai/claude-agent-sdk",)),
)  # fmt: skip

MODELS_PYTHON = {  # modules that call a model, and whose
    "openai": "OpenAI", "anthropic": "Anthropic", "google.generativeai": "Google", "google.genai": "Google",
    "vertexai": "Google", "mistralai": "Mistral", "cohere": "Cohere", "ollama": "Ollama", "litellm": "several",
    "groq": "Groq", "langchain_openai": "OpenAI", "langchain_anthropic": "Anthropic",
    "langchain_google_genai": "Google", "together": "Together", "huggingface_hub": "Hugging Face",
}  # fmt: skip
MODELS_SCRIPT = {
    "openai": "OpenAI", "@anthropic-ai/sdk": "Anthropic", "@google/generative-ai": "Google", "@google/genai": "Google",
    "ollama": "Ollama", "ai": "several", "@langchain/openai": "OpenAI", "@langchain/anthropic": "Anthropic",
    "@mistralai/mistralai": "Mistral", "cohere-ai": "Cohere", "groq-sdk": "Groq",
}  # fmt: skip


def made_by(dotted: str) -> Made | None:
    """The line of PYTHON that a name with its module belongs to."""
    module, _, name = dotted.rpartition(".")
    for one in PYTHON:
        if name in one.names and any(module == m or module.startswith(f"{m}.") for m in one.modules):
            return one
    return None


def of_module(module: str, known: dict[str, str]) -> str | None:
    """The key of `known` that `module` is or lies below."""
    return next((k for k in known if module == k or module.startswith((f"{k}.", f"{k}/"))), None)
