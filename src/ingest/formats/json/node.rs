//! Values of JSON in the order of the text.

/// A value of JSON.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool,
    /// A number, as serde reads it.
    Number(serde_json::Number),
    Text(String),
    List(Vec<Node>),
    Object(Object),
}

/// An object: its keys in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Object {
    pub(crate) members: Vec<(String, Node)>,
    /// Keys that it has more than once; the last value is kept.
    pub(crate) repeated: Vec<String>,
}

impl Node {
    pub(crate) fn object(&self) -> Option<&Object> {
        match self {
            Node::Object(object) => Some(object),
            _ => None,
        }
    }

    fn has_text(&self) -> bool {
        match self {
            Node::Text(text) => !text.trim().is_empty(),
            Node::List(nodes) => nodes.iter().any(Node::has_text),
            Node::Object(object) => object.has_text(),
            Node::Null | Node::Bool | Node::Number(_) => false,
        }
    }

    /// True for a value that says nothing: null, an empty text, list or object.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Node::Null => true,
            Node::Bool | Node::Number(_) => false,
            Node::Text(text) => text.trim().is_empty(),
            Node::List(nodes) => nodes.iter().all(Node::is_empty),
            Node::Object(object) => object.members.iter().all(|(_, node)| node.is_empty()),
        }
    }
}

impl Object {
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.members.iter().find(|(known, _)| known == key).map(|(_, node)| node)
    }

    /// True for an object with a text anywhere in it.
    pub(crate) fn has_text(&self) -> bool {
        self.members.iter().any(|(_, node)| node.has_text())
    }
}
